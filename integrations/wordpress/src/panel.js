/**
 * What editors see: the panel beside the post, and the same before it is published.
 */
import {
	Button,
	ExternalLink,
	Notice,
	Spinner,
	TextareaControl,
} from '@wordpress/components';
import { useDispatch, useSelect } from '@wordpress/data';
import {
	PluginPrePublishPanel,
	PluginSidebar,
	PluginSidebarMoreMenuItem,
} from '@wordpress/editor';
import { useEffect, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { gate, saysWhy } from './gate';
import { placeOf, selectPlace } from './places';
import { readPost, same } from './reading';
import { STORE, known } from './store';
import { holding, reasons, toneOf, tones } from './verdicts';

const ICON = (
	<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
		<path d="M4 5h7v7c0 3-2 5-5 6v-2c2-.6 3-2 3-4H4zm9 0h7v7c0 3-2 5-5 6v-2c2-.6 3-2 3-4h-5z" />
	</svg>
);

export default function Panel() {
	return (
		<>
			<PluginSidebarMoreMenuItem target="panel" icon={ ICON }>
				OnRecord
			</PluginSidebarMoreMenuItem>
			<PluginSidebar
				name="panel"
				title="OnRecord"
				icon={ ICON }
				className="onrecord"
			>
				<div className="onrecord__body">
					<Check />
				</div>
			</PluginSidebar>
			<PluginPrePublishPanel
				title={ __( 'OnRecord: quotations', 'onrecord' ) }
				icon={ ICON }
				className="onrecord"
				initialOpen
			>
				<BeforePublishing />
			</PluginPrePublishPanel>
		</>
	);
}

/** Before publishing the text is checked without being asked, and may be let through with a reason. */
function BeforePublishing() {
	const { check } = useDispatch( STORE );
	const { held } = useKnown();
	useEffect( () => {
		if ( held.why === 'unchecked' ) {
			check();
		}
		// Only what was found when the panel opened: later changes are checked when somebody says so.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [] );
	return (
		<>
			<Check />
			{ ! held.open && <Override held={ held } /> }
		</>
	);
}

/** The check's state, the text as it stands, and what holds back publishing. */
function useKnown() {
	const check = useSelect( ( select ) => select( STORE ).get(), [] );
	const now = useSelect( readPost, [] );
	return { check, now, held: gate( check, now ) };
}

function Check() {
	const { check, now, held } = useKnown();
	const start = useDispatch( STORE ).check;
	const stale = check.reading && ! same( check.reading, now );
	if ( ! known.ready ) {
		return (
			<Notice status="warning" isDismissible={ false }>
				{ __(
					'OnRecord is not set up on this site: nothing is checked, and nothing is held back.',
					'onrecord'
				) }{ ' ' }
				{ known.settings && (
					<a href={ known.settings }>
						{ __( 'Set it up', 'onrecord' ) }
					</a>
				) }
			</Notice>
		);
	}
	const busy = check.state === 'checking' && ! stale;
	return (
		<>
			<p className="onrecord__server">
				{ __( 'Texts are sent to', 'onrecord' ) }{ ' ' }
				<b>{ known.server }</b>
			</p>
			<div aria-live="polite">
				<State check={ check } held={ held } stale={ stale } />
			</div>
			<Button
				variant="secondary"
				onClick={ () => start( check.state !== 'idle' && ! stale ) }
				disabled={ busy || ! now.text }
				accessibleWhenDisabled
			>
				{ check.state === 'idle'
					? __( 'Check', 'onrecord' )
					: __( 'Check again', 'onrecord' ) }
			</Button>
			{ now.unread.length > 0 && (
				<p className="onrecord__unread">
					{ sprintf(
						/* translators: %s: kinds of blocks, such as “Custom HTML” */
						__( 'Not read, and so not checked: %s.', 'onrecord' ),
						now.unread.join( ', ' )
					) }
				</p>
			) }
			<Findings check={ check } now={ now } />
		</>
	);
}

/**
 * One sentence on how things stand.
 */
function State( { check, held, stale } ) {
	if ( check.state === 'idle' && ! check.override ) {
		return <p>{ __( 'Not checked yet.', 'onrecord' ) }</p>;
	}
	if ( stale ) {
		return (
			<Said status="warning">
				{ __(
					'The text has changed since it was checked. Check it again.',
					'onrecord'
				) }
			</Said>
		);
	}
	if ( held.why === 'override' ) {
		return (
			<Said status="warning">
				{ sprintf(
					/* translators: 1: who, 2: the reason */
					__(
						'May be published all the same, says %1$s: “%2$s”',
						'onrecord'
					),
					check.override.by,
					check.override.reason
				) }
			</Said>
		);
	}
	if ( check.state === 'failed' ) {
		return <Said status="error">{ check.error }</Said>;
	}
	if ( check.state === 'checking' ) {
		return (
			<p>
				<Spinner />{ ' ' }
				{ check.statements === null
					? __( 'The text is being read …', 'onrecord' )
					: sprintf(
							/* translators: %d: how many statements */
							_n(
								'%d statement is being checked …',
								'%d statements are being checked …',
								check.statements,
								'onrecord'
							),
							check.statements
						) }
			</p>
		);
	}
	if ( ! held.open ) {
		return <Said status="error">{ saysWhy( held, check ) }</Said>;
	}
	const count = check.findings.length + check.unchecked.length;
	return (
		<p>
			{ count
				? sprintf(
						/* translators: %d: how many statements */
						_n(
							'%d statement was checked.',
							'%d statements were checked.',
							count,
							'onrecord'
						),
						count
					)
				: __(
						'The text was read, and no statement was found in it.',
						'onrecord'
					) }
		</p>
	);
}

function Said( { status, children } ) {
	return (
		<Notice status={ status } isDismissible={ false }>
			{ children }
		</Notice>
	);
}

function Findings( { check, now } ) {
	if ( ! check.findings.length && ! check.unchecked.length ) {
		return null;
	}
	const holds = holding( check.findings, known.level );
	return (
		<ol
			className="onrecord__findings"
			aria-label={ __( 'Statements', 'onrecord' ) }
		>
			{ check.findings.map( ( each ) => (
				<Finding
					key={ each.id }
					finding={ each }
					reading={ check.reading }
					now={ now }
					holds={ holds.includes( each ) }
				/>
			) ) }
			{ check.unchecked.map( ( says, number ) => (
				<li key={ number } className="onrecord__finding is-unchecked">
					<Verdict tone="unchecked" />
					<p>{ says }</p>
				</li>
			) ) }
		</ol>
	);
}

function Finding( { finding, reading, now, holds } ) {
	const [ gone, setGone ] = useState( false );
	const place = placeOf( reading, finding.content );
	const tone = toneOf( finding );
	return (
		<li className={ `onrecord__finding is-${ tone }` }>
			<Verdict
				tone={ tone }
				reason={ reasons()[ finding.reason ] ?? finding.reason }
			/>
			<Button
				className="onrecord__words"
				variant="link"
				disabled={ ! place }
				onClick={ () => setGone( ! selectPlace( place, now ) ) }
			>
				{ finding.quote }
			</Button>
			{ gone && (
				<p role="alert">
					{ __( 'These words no longer stand there.', 'onrecord' ) }
				</p>
			) }
			{ finding.speaker && (
				<p className="onrecord__speaker">{ finding.speaker }</p>
			) }
			<p>{ finding.summary }</p>
			{ finding.place && tone !== 'verified' && (
				<blockquote>{ finding.place.exact }</blockquote>
			) }
			{ finding.place?.link && (
				<ExternalLink href={ finding.place.link }>
					{ [ finding.place.title, finding.place.date ]
						.filter( Boolean )
						.join( ', ' ) }
				</ExternalLink>
			) }
			{ holds && (
				<p className="onrecord__holds">
					{ __( 'Holds back publishing.', 'onrecord' ) }
				</p>
			) }
		</li>
	);
}

function Verdict( { tone, reason } ) {
	const { icon, word } = tones()[ tone ] ?? { icon: '?', word: tone };
	return (
		<p className="onrecord__verdict">
			<span aria-hidden="true">{ icon }</span> <b>{ word }</b>
			{ reason && `: ${ reason }` }
		</p>
	);
}

function Override( { held } ) {
	const { override } = useDispatch( STORE );
	const [ reason, setReason ] = useState( '' );
	const [ error, setError ] = useState( '' );
	const [ saving, setSaving ] = useState( false );
	const keep = async ( event ) => {
		event.preventDefault();
		setSaving( true );
		setError( '' );
		try {
			await override( reason, held.why, held.findings );
			setReason( '' );
		} catch ( problem ) {
			setError( problem.message );
		}
		setSaving( false );
	};
	return (
		<form className="onrecord__override" onSubmit={ keep }>
			<TextareaControl
				label={ __( 'Publish all the same, because', 'onrecord' ) }
				help={ __(
					'Your reason is kept with the post, with your name and the time.',
					'onrecord'
				) }
				value={ reason }
				onChange={ setReason }
				rows={ 2 }
				__nextHasNoMarginBottom
			/>
			{ error && <Said status="error">{ error }</Said> }
			<Button
				variant="secondary"
				type="submit"
				disabled={ saving || ! reason.trim() }
				accessibleWhenDisabled
			>
				{ __( 'Let it through', 'onrecord' ) }
			</Button>
		</form>
	);
}
