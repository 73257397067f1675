<?php
/**
 * Asking the OnRecord server. Nothing else in this plugin connects to other machines. License: GPL-2.0-or-later.
 */

namespace OnRecord;

defined( 'ABSPATH' ) || exit;

const LONGEST_WAIT   = 15;        // seconds for one answer; a check runs at the server meanwhile, and is asked for again
const LARGEST_ANSWER = 16000000;  // bytes; a report of an article of a megabyte is below that

/**
 * One request to the configured server.
 *
 * The address was set by who may change this site's settings, so it may be in one's own network and on any port; it alone,
 * and redirects are not followed. On a network of sites that holds only for an address from wp-config.php.
 *
 * @return array|\WP_Error what the server answered; an error's message names the server and says what to do.
 */
function ask( string $method, string $path, ?array $body = null, array $headers = array() ) {
	if ( '' === server() || '' === key() ) {
		return new \WP_Error( 'onrecord_not_set_up', __( 'OnRecord is not set up: an address and a key are missing in the settings.', 'onrecord' ), array( 'status' => 409 ) );
	}
	$own     = wp_parse_url( server() );
	$trusted = ! is_multisite() || defined( 'ONRECORD_SERVER' );
	$host    = static function ( $external, $asked ) use ( $own, $trusted ) {
		return ( $trusted && $asked === $own['host'] ) ? true : $external;
	};
	$port    = static function ( $ports, $asked ) use ( $own, $trusted ) {
		return ( $trusted && $asked === $own['host'] && isset( $own['port'] ) ) ? array_merge( $ports, array( $own['port'] ) ) : $ports;
	};
	$request = array(
		'method'              => $method,
		'timeout'             => LONGEST_WAIT,
		'redirection'         => 0,
		'limit_response_size' => LARGEST_ANSWER,
		'headers'             => $headers + array(
			'Authorization'   => 'Bearer ' . key(),
			'Accept'          => 'application/json',
			'Accept-Language' => str_replace( '_', '-', get_user_locale() ),
			'Content-Type'    => 'application/json',
		),
	);
	if ( null !== $body ) {
		$request['body'] = wp_json_encode( $body );
	}
	add_filter( 'http_request_host_is_external', $host, 10, 2 );
	add_filter( 'http_allowed_safe_ports', $port, 10, 2 );
	try {
		$answer = wp_safe_remote_request( server() . '/api/v1' . $path, $request );
	} finally {
		remove_filter( 'http_request_host_is_external', $host, 10 );
		remove_filter( 'http_allowed_safe_ports', $port, 10 );
	}
	return read_answer( $answer );
}

/** What an answer says, or why there is none. */
function read_answer( $answer ) {
	if ( is_wp_error( $answer ) ) {
		/* translators: 1: the server's address, 2: what went wrong */
		$says = sprintf( __( 'OnRecord at %1$s cannot be reached, so nothing was checked (%2$s).', 'onrecord' ), server(), $answer->get_error_message() );
		return new \WP_Error( 'onrecord_unreachable', $says, array( 'status' => 502 ) );
	}
	$status = wp_remote_retrieve_response_code( $answer );
	$said   = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( $status >= 200 && $status < 300 && is_array( $said ) ) {
		return $said;
	}
	$problem = is_array( $said ) && isset( $said['title'], $said['type'] );
	if ( $problem ) {
		$detail = (string) ( $said['detail'] ?? '' );
		/* translators: 1: the server's address, 2: what is wrong, 3: what to do */
		$says = sprintf( __( 'OnRecord at %1$s did not check this: %2$s. %3$s', 'onrecord' ), server(), $said['title'], $detail );
	} else {
		/* translators: 1: the server's address, 2: an HTTP status such as 404 */
		$says = sprintf( __( 'What answers at %1$s is not OnRecord, or something stands in between (status %2$s). Nothing was checked.', 'onrecord' ), server(), $status );
	}
	return new \WP_Error( $problem ? 'onrecord_refused' : 'onrecord_not_there', trim( $says ), array( 'status' => 502, 'type' => $problem ? $said['type'] : '' ) );
}
