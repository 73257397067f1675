<?php
/**
 * Plugin Name:       OnRecord
 * Description:       Checks quotations in the block editor against primary sources, and can hold back publishing until somebody has looked.
 * Version:           0.1.0
 * Requires at least: 6.7
 * Requires PHP:      7.4
 * Author:            OnRecord
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       onrecord
 * Domain Path:       /languages
 */

namespace OnRecord;

defined( 'ABSPATH' ) || exit;

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/server.php';
require __DIR__ . '/includes/overrides.php';
require __DIR__ . '/includes/routes.php';

add_action( 'init', __NAMESPACE__ . '\load_words' );
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
add_action( 'admin_menu', __NAMESPACE__ . '\add_settings_page' );
add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), __NAMESPACE__ . '\link_settings' );
add_action( 'rest_api_init', __NAMESPACE__ . '\register_routes' );
add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\enqueue_panel' );

/** The words of other languages that come with the plugin. */
function load_words(): void {
	load_plugin_textdomain( 'onrecord', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
}

/** The kinds of posts that have the panel. */
function post_types(): array {
	/** Filters the kinds of posts whose texts are checked; all those that the block editor writes, unless you say otherwise. */
	return (array) apply_filters( 'onrecord_post_types', get_post_types( array( 'public' => true, 'show_in_rest' => true ) ) );
}

/** Give the editor of a post its panel, and what the panel must know; the key is not among that. */
function enqueue_panel(): void {
	$screen = get_current_screen();
	if ( ! $screen || 'post' !== $screen->base || ! in_array( $screen->post_type, post_types(), true ) ) {
		return;
	}
	$built = require __DIR__ . '/build/index.asset.php';
	wp_enqueue_script( 'onrecord-panel', plugins_url( 'build/index.js', __FILE__ ), $built['dependencies'], $built['version'], true );
	wp_enqueue_style( 'onrecord-panel', plugins_url( 'build/style-index.css', __FILE__ ), array( 'wp-components' ), $built['version'] );
	wp_style_add_data( 'onrecord-panel', 'rtl', 'replace' );
	wp_set_script_translations( 'onrecord-panel', 'onrecord', __DIR__ . '/languages' );
	$known = array(
		'server'   => server(),
		'ready'    => '' !== server() && '' !== key(),
		'level'    => level(),
		'settings' => current_user_can( 'manage_options' ) ? settings_address() : null,
	);
	wp_add_inline_script( 'onrecord-panel', 'window.onrecord = ' . wp_json_encode( $known ) . ';', 'before' );
}
