// OnRecord in a ProseMirror editor: who said that, and did they?
export { Refused } from "./asking.js";
export { check, nextStatement, onrecord, onrecordKey, previousStatement, stop } from "./plugin.js";
