<?php
/**
 * Why somebody published all the same: kept with the post, added to and never changed. License: GPL-2.0-or-later.
 */

namespace OnRecord;

defined( 'ABSPATH' ) || exit;

const OVERRIDE = '_onrecord_override'; // one line of post meta for each; JSON: reason, by, user, at, level, findings, why, text

/** What a text is known by here: it is not kept a second time. */
function digest( string $title, string $text ): string {
	return hash( 'sha256', $title . "\0" . $text );
}

/** Keep a reason; who gives it and when is not for the browser to say. */
function add_override( int $post, array $given ): array {
	$user = wp_get_current_user();
	$kept = array(
		'reason'   => $given['reason'],
		'by'       => $user->display_name,
		'user'     => $user->ID,
		'at'       => gmdate( 'Y-m-d\TH:i:s\Z' ),
		'level'    => level(),
		'why'      => $given['why'],
		'findings' => $given['findings'],
		'text'     => digest( $given['title'], $given['text'] ),
	);
	add_post_meta( $post, OVERRIDE, wp_slash( wp_json_encode( $kept, JSON_UNESCAPED_UNICODE ) ) );
	return $kept;
}

/** The reasons kept with a post, the first one first. */
function overrides( int $post ): array {
	return array_values( array_filter( array_map(
		static function ( $line ) {
			return json_decode( (string) $line, true );
		},
		get_post_meta( $post, OVERRIDE )
	) ) );
}

/** The last reason given for this very text; null where there is none. */
function override_for( int $post, string $digest ): ?array {
	foreach ( array_reverse( overrides( $post ) ) as $each ) {
		if ( $each['text'] === $digest ) {
			return $each;
		}
	}
	return null;
}
