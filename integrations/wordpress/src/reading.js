/**
 * The text of a post as it is sent, and which words of which block each part of it is.
 */
import { getBlockType, rawHandler } from '@wordpress/blocks';
import { store as blockEditorStore } from '@wordpress/block-editor';
import { select } from '@wordpress/data';
import { store as editorStore } from '@wordpress/editor';
import { create } from '@wordpress/rich-text';

/** Blocks that show no words of their own. */
const WORDLESS = [
	'core/separator',
	'core/spacer',
	'core/more',
	'core/nextpage',
	'core/image',
	'core/gallery',
	'core/video',
	'core/audio',
	'core/media-text',
	'core/cover',
	'core/group',
	'core/columns',
	'core/column',
];

/** The last reading, given again while nothing has changed: the panel asks after each thing that anybody does. */
let last = null;

/** Words of blocks, by their attributes, of which the editor makes new ones when they change. */
const read = new WeakMap();

/**
 * @typedef  {Object}      Segment  A run of words that lies in one block.
 * @property {string}      clientId The block.
 * @property {string|null} key      Its attribute; null where words cannot be selected there.
 * @property {number}      start    Where it begins in the text, in UTF-16 units, as block editors count.
 * @property {string}      text     The words.
 */

/**
 * Read the post that is being edited.
 *
 * @return {{title: string, text: string, date: string, segments: Segment[], unread: string[]}} `unread` names blocks
 * whose words cannot be read here.
 */
export function readPost() {
	const editor = select( editorStore );
	const blocks = select( blockEditorStore );
	const pieces = [];
	const unread = new Set();
	const inside = blocks.getBlocksByName( 'core/post-content' )[ 0 ];
	const walk = ( clientId ) => {
		const name = blocks.getBlockName( clientId );
		const inner = blocks.getBlockOrder( clientId );
		const attributes = blocks.getBlockAttributes( clientId );
		if ( ! read.has( attributes ) ) {
			read.set( attributes, wordsOf( name, attributes ) );
		}
		const found = read.get( attributes );
		pieces.push( ...found.map( ( each ) => ( { ...each, clientId } ) ) );
		const settled =
			found.known || inner.length || WORDLESS.includes( name );
		// What readers see of a bound block comes from elsewhere, and not from the words that it has.
		if ( ! settled || attributes.metadata?.bindings ) {
			unread.add( getBlockType( name )?.title ?? name );
		}
		inner.forEach( walk );
	};
	blocks.getBlockOrder( inside ?? '' ).forEach( walk );
	const segments = [];
	let text = '';
	for ( const piece of pieces ) {
		if ( piece.text.trim() ) {
			text += text && '\n\n';
			segments.push( { ...piece, start: text.length } );
			text += piece.text;
		}
	}
	const reading = {
		title: editor.getEditedPostAttribute( 'title' ) ?? '',
		date: ( editor.getEditedPostAttribute( 'date' ) ?? '' ).slice( 0, 10 ),
		text,
		segments,
		unread: [ ...unread ],
	};
	if ( ! last || changed( last, reading ) ) {
		last = reading;
	}
	return last;
}

function changed( one, other ) {
	const places = ( { segments, unread, date } ) =>
		JSON.stringify( [
			date,
			unread,
			segments.map( ( { clientId, key } ) => [ clientId, key ] ),
		] );
	return ! same( one, other ) || places( one ) !== places( other );
}

/**
 * Whether two readings are of the same text: only then does what was found of one hold for the other.
 */
export function same( one, other ) {
	return one.text === other.text && one.title === other.title;
}

/**
 * The words of a block's own attributes; `known` is false where it has none that hold words.
 */
function wordsOf( name, attributes ) {
	const found = [];
	found.known = false;
	if ( name === 'core/freeform' ) {
		for ( const block of rawHandler( {
			HTML: attributes.content ?? '',
		} ) ) {
			found.push(
				...flat( block ).map( ( text ) => ( { key: null, text } ) )
			);
		}
		found.known = true;
		return found;
	}
	const schema = getBlockType( name )?.attributes ?? {};
	for ( const [ key, described ] of Object.entries( schema ) ) {
		if ( isWords( described ) ) {
			found.known = true;
			found.push( { key, text: plain( attributes[ key ] ) } );
		} else if ( described.source === 'query' ) {
			const cells = queried( described.query, attributes[ key ] );
			found.known ||= cells.length > 0;
			found.push( ...cells.map( ( text ) => ( { key: null, text } ) ) );
		}
	}
	return found;
}

function isWords( described ) {
	return (
		[ 'rich-text', 'html' ].includes( described.source ) ||
		described.type === 'rich-text'
	);
}

function queried( query, rows ) {
	return ( rows ?? [] ).flatMap( ( row ) =>
		Object.entries( query ).flatMap( ( [ key, described ] ) => {
			if ( described.source === 'query' ) {
				return queried( described.query, row[ key ] );
			}
			return isWords( described ) ? [ plain( row[ key ] ) ] : [];
		} )
	);
}

function flat( block ) {
	return [
		...wordsOf( block.name, block.attributes ).map( ( { text } ) => text ),
		...block.innerBlocks.flatMap( flat ),
	];
}

/**
 * The words as the editor counts them: what stands for a picture or a line break is one unit there, too.
 */
function plain( value ) {
	return create( { html: String( value ?? '' ) } ).text;
}
