/**
 * What holds back publishing, and why; drafts are saved whatever was found.
 */
import { dispatch, select, subscribe } from '@wordpress/data';
import { store as editorStore } from '@wordpress/editor';
import { addFilter } from '@wordpress/hooks';
import { __, _n, sprintf } from '@wordpress/i18n';
import { readPost, same } from './reading';
import { STORE, known } from './store';
import { holding } from './verdicts';

const LOCK = 'onrecord';
const PUBLIC = [ 'publish', 'future', 'private' ];

/**
 * Whether a text may be published as far as we know.
 *
 * @param {Object} check What the store holds.
 * @param {Object} now   The post as it reads now.
 * @return {{open: boolean, why: string, findings: string[]}} `why` is one of off, not-set-up, empty, passed, override, and
 * those that hold back: unchecked, checking, failed, findings.
 */
export function gate( check, now ) {
	const open = ( why ) => ( { open: true, why, findings: [] } );
	if ( ! known.ready ) {
		return open( 'not-set-up' );
	}
	if ( known.level === 'off' ) {
		return open( 'off' );
	}
	if ( ! now.text ) {
		return open( 'empty' );
	}
	const current = check.reading && same( check.reading, now );
	const state = current ? check.state : 'idle';
	const held = current
		? [
				...holding( check.findings, known.level ).map(
					( { quote } ) => quote
				),
				...check.unchecked,
			]
		: [];
	if ( state === 'done' && ! held.length ) {
		return open( 'passed' );
	}
	// A reason holds for what was known when it was given: not for a finding that has come since.
	const given = current ? check.override : null;
	if (
		given &&
		held.every( ( each ) => given.findings.includes( each ) ) &&
		( state !== 'checking' || given.why === 'checking' )
	) {
		return open( 'override' );
	}
	const why = { idle: 'unchecked', done: 'findings' }[ state ] ?? state;
	return { open: false, why, findings: held };
}

/**
 * In words, what holds back publishing.
 */
export function saysWhy( { why, findings }, check ) {
	switch ( why ) {
		case 'unchecked':
			return __( 'The text as it stands was not checked.', 'onrecord' );
		case 'checking':
			return __( 'The text is being checked.', 'onrecord' );
		case 'failed':
			return check.error;
		default:
			return sprintf(
				/* translators: %d: how many statements */
				_n(
					'%d statement needs a look before this is published.',
					'%d statements need a look before this is published.',
					findings.length,
					'onrecord'
				),
				findings.length
			);
	}
}

/** Keep the editor from publishing what is held back: by a lock beside the words that say why, and in any case when it saves. */
export function holdBack() {
	let locked = false;
	subscribe( () => {
		const editor = select( editorStore );
		const asked =
			editor.isPublishSidebarOpened() &&
			! editor.isCurrentPostPublished();
		const lock = asked && ! gate( select( STORE ).get(), readPost() ).open;
		if ( lock !== locked ) {
			locked = lock;
			dispatch( editorStore )[
				lock ? 'lockPostSaving' : 'unlockPostSaving'
			]( LOCK );
		}
	} );

	addFilter(
		'editor.preSavePost',
		'onrecord/hold-back',
		async ( edits, options ) => {
			const editor = select( editorStore );
			const before = editor.getCurrentPostAttribute( 'status' );
			const status = edits.status ?? before;
			if (
				options?.isAutosave ||
				options?.isPreview ||
				! PUBLIC.includes( status )
			) {
				return edits;
			}
			const now = readPost();
			let found = gate( select( STORE ).get(), now );
			if ( [ 'unchecked', 'checking' ].includes( found.why ) ) {
				await dispatch( STORE ).check();
				found = gate( select( STORE ).get(), now );
			}
			if ( found.open ) {
				return edits;
			}
			if ( before !== status ) {
				dispatch( editorStore ).editPost(
					{ status: before },
					{ undoIgnore: true }
				);
			}
			throw new Error(
				sprintf(
					/* translators: %s: what holds back publishing */
					__( 'OnRecord: %s See its panel.', 'onrecord' ),
					saysWhy( found, select( STORE ).get() )
				)
			);
		}
	);
}
