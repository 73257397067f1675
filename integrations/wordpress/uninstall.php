<?php
/**
 * Removes the settings with the key. The reasons of those who published all the same stay with their posts: they are the
 * newsroom's record, not ours. License: GPL-2.0-or-later.
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

foreach ( array( 'onrecord_server', 'onrecord_key', 'onrecord_level' ) as $onrecord_name ) {
	delete_option( $onrecord_name );
}
delete_post_meta_by_key( '_onrecord_check' );
