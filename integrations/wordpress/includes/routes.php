<?php
/**
 * What the panel asks of this site: to have a post's text checked, how far that is, and to keep a reason. License: GPL-2.0-or-later.
 */

namespace OnRecord;

defined( 'ABSPATH' ) || exit;

const CHECK        = '_onrecord_check'; // post meta: the id of the post's last check at the server, and what text it was of
const LONGEST_TEXT = 1000000;           // code points, as the server has it

/** Say which routes there are; each is about one post, and for who may edit that post. */
function register_routes(): void {
	$text   = array(
		'title' => array( 'type' => 'string', 'required' => true, 'maxLength' => 1000 ),
		'text'  => array( 'type' => 'string', 'required' => true, 'minLength' => 1, 'maxLength' => LONGEST_TEXT ),
	);
	$post   = '/posts/(?P<post>\d+)';
	$edits  = static function ( \WP_REST_Request $request ) {
		return may( 'edit_post', (int) $request['post'] );
	};
	$issues = static function ( \WP_REST_Request $request ) {
		return may( 'edit_post', (int) $request['post'] ) && may( 'publish_post', (int) $request['post'] );
	};
	register_rest_route( 'onrecord/v1', $post . '/checks', array(
		'methods'             => 'POST',
		'callback'            => __NAMESPACE__ . '\start_check',
		'permission_callback' => $edits,
		'args'                => $text + array(
			'date'  => array( 'type' => 'string', 'pattern' => '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' ),
			'again' => array( 'type' => 'boolean', 'default' => false ),
		),
	) );
	register_rest_route( 'onrecord/v1', $post . '/checks/(?P<check>[A-Za-z0-9_-]{1,100})', array(
		'methods'             => 'GET',
		'callback'            => __NAMESPACE__ . '\read_check',
		'permission_callback' => $edits,
	) );
	register_rest_route( 'onrecord/v1', $post . '/overrides', array(
		array(
			'methods'             => 'GET',
			'callback'            => static function ( \WP_REST_Request $request ) {
				return overrides( (int) $request['post'] );
			},
			'permission_callback' => $edits,
		),
		array(
			'methods'             => 'POST',
			'callback'            => __NAMESPACE__ . '\keep_override',
			'permission_callback' => $issues,
			'args'                => $text + array(
				'reason'   => array( 'type' => 'string', 'required' => true, 'maxLength' => 2000, 'sanitize_callback' => 'sanitize_textarea_field' ),
				'why'      => array( 'type' => 'string', 'required' => true, 'enum' => array( 'findings', 'failed', 'unchecked', 'checking' ) ),
				'findings' => array( 'type' => 'array', 'required' => true, 'maxItems' => 1000, 'items' => array( 'type' => 'string', 'maxLength' => 10000 ) ),
			),
		),
	) );
}

/** Whether whoever is signed in may do that with a post of a kind that is checked. */
function may( string $what, int $post ): bool {
	return current_user_can( 'edit_posts' ) && in_array( get_post_type( $post ), post_types(), true ) && current_user_can( $what, $post );
}

/** Send a text to be checked. The same text on the same day is the same check, unless it is to be done again. */
function start_check( \WP_REST_Request $request ) {
	$post  = (int) $request['post'];
	$asked = array( 'text' => $request['text'], 'title' => one_line( $request['title'] ) );
	if ( $request['date'] ) {
		$asked['date'] = $request['date'];
	}
	$name    = $request['again'] ? wp_generate_uuid4() : hash( 'sha256', home_url() . "\0" . $post . "\0" . gmdate( 'Y-m-d' ) . "\0" . wp_json_encode( $asked ) );
	$started = ask( 'POST', '/articles', $asked, array( 'Idempotency-Key' => $name ) );
	if ( is_wp_error( $started ) ) {
		return $started;
	}
	update_post_meta( $post, CHECK, array( 'id' => $started['id'], 'text' => digest( $request['title'], $request['text'] ) ) );
	return new \WP_REST_Response( array( 'id' => $started['id'] ), 202 );
}

/** A title of one line, as the server takes it. */
function one_line( string $title ): string {
	return trim( mb_substr( preg_replace( '/\s+/u', ' ', $title ), 0, 300 ) );
}

/** How far the post's last check is, with its findings once it is done. */
function read_check( \WP_REST_Request $request ) {
	$post = (int) $request['post'];
	$last = get_post_meta( $post, CHECK, true );
	if ( ! is_array( $last ) || $last['id'] !== $request['check'] ) {
		return new \WP_Error( 'onrecord_replaced', __( 'Meanwhile this post was checked in another window. Check it again here.', 'onrecord' ), array( 'status' => 409 ) );
	}
	$status = ask( 'GET', '/articles/' . rawurlencode( $last['id'] ) );
	if ( is_wp_error( $status ) ) {
		return $status;
	}
	$told = array(
		'id'         => $status['id'],
		'state'      => $status['state'],
		'statements' => $status['statements'],
		'error'      => $status['error']['message'] ?? null,
		'findings'   => null,
		'unchecked'  => array(),
		'override'   => override_for( $post, $last['text'] ),
	);
	if ( 'done' === $status['state'] ) {
		$report = ask( 'GET', '/articles/' . rawurlencode( $last['id'] ) . '/report' );
		if ( is_wp_error( $report ) ) {
			return $report;
		}
		$told['findings']  = array_map( __NAMESPACE__ . '\shortened', $report['findings'] );
		$told['unchecked'] = array_column( $report['warnings'], 'says' );
	}
	return $told;
}

/** Of a finding, what the panel shows. */
function shortened( array $finding ): array {
	$place = $finding['evidence'][0] ?? $finding['nearest'][0] ?? null;
	return array(
		'id'      => $finding['id'],
		'quote'   => $finding['quote'],
		'speaker' => $finding['attribution']['speaker']['name'] ?? $finding['speaker'],
		'status'  => $finding['status'],
		'reason'  => $finding['reason'],
		'summary' => $finding['summary'],
		'content' => $finding['attribution']['content'] ?? array(),
		'place'   => $place ? array(
			'exact' => $place['exact'],
			'title' => $place['document']['title'],
			'date'  => $place['document']['date'],
			'link'  => link_of( $place['link'] ),
		) : null,
	);
}

/** Where a place is read: at its publisher's, or in the pages of the server; null where it has no page, or no address of the web. */
function link_of( string $link ): ?string {
	if ( 0 === strpos( $link, '/' ) ) {
		return server() . $link;
	}
	return in_array( wp_parse_url( $link, PHP_URL_SCHEME ), array( 'http', 'https' ), true ) ? $link : null;
}

/** Keep a reason for publishing all the same. */
function keep_override( \WP_REST_Request $request ) {
	$given = array();
	foreach ( array( 'reason', 'why', 'findings', 'title', 'text' ) as $name ) {
		$given[ $name ] = $request[ $name ];
	}
	if ( '' === trim( $given['reason'] ) ) {
		return new \WP_Error( 'onrecord_no_reason', __( 'Write why this is published all the same.', 'onrecord' ), array( 'status' => 400 ) );
	}
	return new \WP_REST_Response( add_override( (int) $request['post'], $given ), 201 );
}
