/**
 * From a finding to the words that it is about.
 */
import { store as blockEditorStore } from '@wordpress/block-editor';
import { dispatch } from '@wordpress/data';

/**
 * Where a place of the text lies in its blocks.
 *
 * @param {{text: string, segments: Object[]}} reading What was sent.
 * @param {number[][]}                         content Half-open places, in code points, as the server counts.
 * @return {{clientId: string, key: ?string, start: number, end: number, words: string}|null} The first block's part of it, in UTF-16 units.
 */
export function placeOf( reading, content ) {
	if ( ! content.length ) {
		return null;
	}
	const first = units(
		reading.text,
		Math.min( ...content.map( ( [ start ] ) => start ) )
	);
	const segment = reading.segments.findLast(
		( each ) => each.start <= first
	);
	if ( ! segment ) {
		return null;
	}
	const last = units(
		reading.text,
		Math.max( ...content.map( ( [ , end ] ) => end ) )
	);
	const start = first - segment.start;
	const end = Math.min( last - segment.start, segment.text.length );
	return {
		clientId: segment.clientId,
		key: segment.key,
		start,
		end,
		words: segment.text.slice( start, end ),
	};
}

/**
 * Select the words in the editor, or their block where words cannot be selected.
 *
 * @param {Object} place What `placeOf` gave.
 * @param {Object} now   The post as it reads now.
 * @return {boolean} False where these words stand there no longer.
 */
export function selectPlace( place, now ) {
	const segment = now.segments.find(
		( each ) =>
			each.clientId === place.clientId &&
			each.key === place.key &&
			each.text.includes( place.words )
	);
	if ( ! segment ) {
		return false;
	}
	const editor = dispatch( blockEditorStore );
	editor.selectBlock( place.clientId );
	if ( place.key ) {
		const stays =
			segment.text.slice( place.start, place.end ) === place.words;
		const start = stays ? place.start : segment.text.indexOf( place.words );
		editor.selectionChange(
			place.clientId,
			place.key,
			start,
			start + place.words.length
		);
	}
	return true;
}

/**
 * Code points of a text's beginning, in UTF-16 units.
 */
function units( text, points ) {
	let at = 0;
	for ( let n = 0; n < points && at < text.length; n++ ) {
		at += text.codePointAt( at ) > 0xffff ? 2 : 1;
	}
	return at;
}
