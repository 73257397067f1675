/**
 * How findings are called and which of them hold back publishing. The words are those of the server's own pages.
 */
import { __ } from '@wordpress/i18n';

const ALTERED = [
	'altered-number',
	'altered-entity',
	'altered-date',
	'negation',
	'modality',
	'quantifier',
	'altered-wording',
	'spliced',
	'out-of-context',
	'ellipsis-abuse',
	'bracket-abuse',
];

/** Status, with wording that differs and sources that are missing set apart: word, icon. */
export const tones = () => ( {
	verified: { icon: '✓', word: __( 'Verified', 'onrecord' ) },
	paraphrased: { icon: '≈', word: __( 'Paraphrased', 'onrecord' ) },
	altered: {
		icon: '≠',
		word: __( 'Unsourced, wording differs', 'onrecord' ),
	},
	unsourced: { icon: '○', word: __( 'Unsourced', 'onrecord' ) },
	uncovered: { icon: '?', word: __( 'Unsourced, not covered', 'onrecord' ) },
	unchecked: { icon: '–', word: __( 'Not checked', 'onrecord' ) },
} );

export const reasons = () => ( {
	exact: __( 'word for word', 'onrecord' ),
	typographic: __( 'typography differs', 'onrecord' ),
	ellipsis: __( 'shortened with a mark', 'onrecord' ),
	bracketed: __( 'explained in brackets', 'onrecord' ),
	'press-allowance': __( 'a filler or small word differs', 'onrecord' ),
	fragment: __( 'part of a sentence', 'onrecord' ),
	'reported-speech': __( 'reported speech', 'onrecord' ),
	'close-paraphrase': __( 'close paraphrase', 'onrecord' ),
	'loose-paraphrase': __( 'loose paraphrase', 'onrecord' ),
	'paraphrase-in-quotes': __( 'paraphrase in quotation marks', 'onrecord' ),
	translation: __( 'translation', 'onrecord' ),
	absent: __( 'not found', 'onrecord' ),
	'not-covered': __( 'sources not held', 'onrecord' ),
	'secondary-only': __( 'only second-hand', 'onrecord' ),
	'altered-number': __( 'a number differs', 'onrecord' ),
	'altered-entity': __( 'a name differs', 'onrecord' ),
	'altered-date': __( 'a date differs', 'onrecord' ),
	negation: __( 'a “not” differs', 'onrecord' ),
	modality: __( 'the commitment differs', 'onrecord' ),
	quantifier: __( 'all, some or none differs', 'onrecord' ),
	'altered-wording': __( 'the wording differs', 'onrecord' ),
	spliced: __( 'joined from several places', 'onrecord' ),
	'out-of-context': __( 'what governs it is left out', 'onrecord' ),
	'ellipsis-abuse': __( 'the omission matters', 'onrecord' ),
	'bracket-abuse': __( 'the brackets add a claim', 'onrecord' ),
	misattributed: __( 'another speaker said it', 'onrecord' ),
	'wrong-date': __( 'said on another date', 'onrecord' ),
	'wrong-document': __( 'said elsewhere', 'onrecord' ),
	'nested-quote': __( 'quoting somebody else', 'onrecord' ),
	'chance-match': __( 'too common to identify', 'onrecord' ),
} );

export function toneOf( finding ) {
	if ( finding.reason === 'not-covered' ) {
		return 'uncovered';
	}
	return ALTERED.includes( finding.reason ) ? 'altered' : finding.status;
}

/**
 * The findings that hold back publishing at a level. A status that we do not know counts as unsourced.
 *
 * @param {Object[]} findings Findings.
 * @param {string}   level    `off`, `altered` or `unsourced`.
 */
export function holding( findings, level ) {
	const passes = {
		off: () => true,
		altered: ( tone ) => tone !== 'altered',
		unsourced: ( tone ) => [ 'verified', 'paraphrased' ].includes( tone ),
	}[ level ];
	return findings.filter( ( each ) => ! passes( toneOf( each ) ) );
}
