// What the panel says, in English and Russian. The sentences about a finding are the server's, which are English.

import { CONFIDENCES, EDITS, REASONS, TONES } from "./verdicts.js";

export const WORDS = {
  en: {
    server: "Texts go to",
    open: "They can be read on the way: its address begins with http.",
    check: "Check",
    again: "Check again",
    stop: "Stop",
    promise: "Nothing is sent before you press “Check”. Nothing of a text of up to 50,000 characters is kept there; longer ones stand among the desk’s batches.",
    asking: "Being checked …",
    progress: "Being checked: {done} of {of} statements …",
    none: "No statement was found in this text.",
    found: "{count} statements: {tones}.",
    one: "1 statement: {tones}.",
    news: "{count} of them new or otherwise than before.",
    noNews: "Nothing is otherwise than before.",
    changed: "The text was changed since; check it again.",
    withdrawn: "Changed since it was checked",
    withdrawnLong: "These words, or what says whose they are, were changed. What was found before no longer counts.",
    keys: "F8: next statement; Shift+F8: the one before; Alt+Enter: into its card; Escape: back to the text.",
    statements: "Statements",
    yours: "In your text",
    record: "In the record",
    nearest: "Nearest in the record",
    nothing: "Nothing in the record.",
    unnamed: "nobody is named",
    undated: "undated",
    confidence: "How sure: {word}",
    reasons: "Also: {list}",
    warning: "Note:",
    ambiguous: "Several places fit equally well.",
    more: "Other places ({count})",
    atRecord: "Open in the record",
    atPublisher: "At its publisher",
    inText: "Show in the text",
    searched: "Searched: {documents} documents, {first} to {last}.",
    made: "OnRecord {onrecord}, record {record}.",
    unchecked: "Could not be checked:",
    missing: "not there",
    empty: "There is no text to check.",
    silent: "No answer from {server}. Is it running, and does its setting ONRECORD_ORIGINS name {origin}?",
    keyless: "The server asks for a key, and did not accept this one.",
    later: "Too many requests; try again in {wait} seconds.",
    request: "Request {request}.",
    fault: "Something broke in the plugin: {detail}",
  },
  ru: {
    server: "Тексты отправляются на",
    open: "По пути их можно прочесть: адрес начинается с http.",
    check: "Проверить",
    again: "Проверить снова",
    stop: "Остановить",
    promise: "Ничего не отправляется, пока вы не нажмёте «Проверить». От текста до 50 000 знаков там ничего не остаётся; более длинные попадают в пакеты редакции.",
    asking: "Идёт проверка …",
    progress: "Идёт проверка: {done} из {of} высказываний …",
    none: "Высказываний в этом тексте не найдено.",
    found: "Высказываний: {count} ({tones}).",
    one: "Высказывание одно: {tones}.",
    news: "Новых или с другим итогом: {count}.",
    noNews: "По сравнению с прошлым разом ничего не изменилось.",
    changed: "Текст с тех пор изменён; проверьте его снова.",
    withdrawn: "Изменено после проверки",
    withdrawnLong: "Эти слова или то, кому они приписаны, изменены. Найденное раньше больше не действует.",
    keys: "F8 — следующее высказывание; Shift+F8 — предыдущее; Alt+Enter — к его карточке; Escape — обратно к тексту.",
    statements: "Высказывания",
    yours: "В вашем тексте",
    record: "В документах",
    nearest: "Ближайшее в документах",
    nothing: "В документах ничего нет.",
    unnamed: "автор не назван",
    undated: "без даты",
    confidence: "Уверенность: {word}",
    reasons: "Также: {list}",
    warning: "Примечание:",
    ambiguous: "Одинаково подходят несколько мест.",
    more: "Другие места ({count})",
    atRecord: "Открыть в документах",
    atPublisher: "У издателя",
    inText: "Показать в тексте",
    searched: "Просмотрено документов: {documents}, с {first} по {last}.",
    made: "OnRecord {onrecord}, документы {record}.",
    unchecked: "Проверить не удалось:",
    missing: "здесь нет",
    empty: "Текста для проверки нет.",
    silent: "{server} не отвечает. Запущен ли он и назван ли {origin} в его настройке ONRECORD_ORIGINS?",
    keyless: "Сервер требует ключ, и этот он не принял.",
    later: "Слишком много запросов; повторите через {wait} с.",
    request: "Запрос {request}.",
    fault: "В плагине произошла ошибка: {detail}",
  },
};

/** How a statement looks: as the desk shows it, or withdrawn; only what the server calls verified, and still stands, looks verified. */
export function toneOf({ finding, stands }) {
  if (!stands) return "withdrawn";
  if (finding.status === "verified" || finding.status === "paraphrased") return finding.status;
  const tone = REASONS[finding.reason]?.tone;
  return tone === "altered" || tone === "uncovered" ? tone : "unsourced";
}

export const signOf = (tone) => TONES[tone]?.sign ?? "✎";

/** The words of one language. */
export function speech(tag) {
  const language = /^ru\b/i.test(tag) ? "ru" : "en";
  const words = WORDS[language];
  const says = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, value) => String(values[value]));
  return Object.assign(says, {
    language,
    tone: (tone) => TONES[tone]?.[language] ?? words.withdrawn,
    reason: (code) => REASONS[code]?.[language] ?? code,
    edit: (kind) => EDITS[kind]?.[language] ?? kind,
    confidence: (value) => CONFIDENCES.find(([least]) => value >= least)[1][language],
  });
}
