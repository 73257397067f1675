/**
 * What is known of the post's text: the last check, and the reason for which it may be published all the same.
 */
import apiFetch from '@wordpress/api-fetch';
import { createReduxStore, register } from '@wordpress/data';
import { store as editorStore } from '@wordpress/editor';
import { __, sprintf } from '@wordpress/i18n';
import { readPost, same } from './reading';

const FIRST_PAUSE = 500; // milliseconds between two questions; longer each time, up to the longest
const LONGEST_PAUSE = 4000;
const LONGEST_CHECK = 20 * 60 * 1000; // after which we stop asking and say so
const LOST = 4; // questions in a row without an answer, after which the server is away

export const STORE = 'onrecord';
export const known = window.onrecord ?? {
	server: '',
	ready: false,
	level: 'off',
	settings: null,
};

const EMPTY = {
	state: 'idle', // idle, checking, done, failed
	reading: null, // what was sent
	statements: null, // how many there are, once the server has read the text
	findings: [],
	unchecked: [],
	override: null, // the last reason given for this text
	error: '',
};

const wait = ( milliseconds ) =>
	new Promise( ( done ) => setTimeout( done, milliseconds ) );

const path = ( select, rest ) =>
	`/onrecord/v1/posts/${ select( editorStore ).getCurrentPostId() }/${ rest }`;

let running = null; // the check that is under way: { reading, done }

const actions = {
	/**
	 * Check the text as it stands; a check of the same text that is under way is waited for.
	 *
	 * @param {boolean} again Also if the server has checked this very text today.
	 */
	check:
		( again = false ) =>
		( { dispatch, registry, select } ) => {
			const reading = readPost();
			const before = select.get();
			const override =
				before.reading && same( before.reading, reading )
					? before.override
					: null;
			if ( running && same( running.reading, reading ) ) {
				return running.done;
			}
			const mine = { reading };
			const tell = ( told ) =>
				running === mine && dispatch( { type: 'TELL', told } );
			running = mine;
			tell( { ...EMPTY, state: 'checking', reading, override } );
			mine.done = follow(
				reading,
				again,
				tell,
				registry.select,
				() => running === mine
			)
				.catch( ( error ) =>
					tell( { state: 'failed', error: saying( error ) } )
				)
				.finally( () => {
					if ( running === mine ) {
						running = null;
					}
				} );
			return mine.done;
		},

	/**
	 * Keep a reason for publishing the text as it stands.
	 *
	 * @param {string}   reason   In the editor's words.
	 * @param {string}   why      What holds it back: findings, failed, unchecked, checking.
	 * @param {string[]} findings The statements in question.
	 */
	override:
		( reason, why, findings ) =>
		async ( { dispatch, registry, select } ) => {
			const reading = readPost();
			const { title, text } = reading;
			const kept = await apiFetch( {
				path: path( registry.select, 'overrides' ),
				method: 'POST',
				data: { title, text, reason, why, findings },
			} );
			const now = select.get();
			const still = now.reading && same( now.reading, reading );
			dispatch( {
				type: 'TELL',
				told: still
					? { override: kept }
					: { ...EMPTY, reading, override: kept },
			} );
		},
};

/**
 * Send a text, and ask until it is done; whatever goes wrong is thrown.
 */
async function follow( reading, again, tell, select, wanted ) {
	const { title, text, date } = reading;
	if ( ! text ) {
		tell( { state: 'done' } );
		return;
	}
	const data = { title, text, again, ...( date ? { date } : {} ) };
	const { id } = await apiFetch( {
		path: path( select, 'checks' ),
		method: 'POST',
		data,
	} );
	const end = Date.now() + LONGEST_CHECK;
	let lost = 0;
	for (
		let pause = FIRST_PAUSE;
		wanted();
		pause = Math.min( pause * 1.5, LONGEST_PAUSE )
	) {
		if ( Date.now() > end ) {
			throw new Error(
				__(
					'The check takes longer than twenty minutes. It goes on at the server; ask again later.',
					'onrecord'
				)
			);
		}
		await wait( pause );
		let told;
		try {
			told = await apiFetch( { path: path( select, `checks/${ id }` ) } );
			lost = 0;
		} catch ( error ) {
			if (
				error.code === 'onrecord_replaced' ||
				error.code === 'onrecord_refused' ||
				++lost === LOST
			) {
				throw error;
			}
			continue;
		}
		const { state, statements, findings, unchecked, override } = told;
		if ( state === 'done' ) {
			tell( {
				state,
				statements,
				findings,
				unchecked,
				...( override ? { override } : {} ),
			} );
			return;
		}
		if ( state === 'failed' || state === 'cancelled' ) {
			throw new Error(
				sprintf(
					/* translators: %s: what went wrong */
					__(
						'The server could not check this text: %s',
						'onrecord'
					),
					told.error ?? state
				)
			);
		}
		tell( { statements } );
	}
}

function saying( error ) {
	return (
		error?.message ||
		__( 'This site did not answer, so nothing was checked.', 'onrecord' )
	);
}

register(
	createReduxStore( STORE, {
		reducer: ( state = EMPTY, action ) =>
			action.type === 'TELL' ? { ...state, ...action.told } : state,
		actions,
		selectors: { get: ( state ) => state },
	} )
);
