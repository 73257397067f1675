<?php
/**
 * Whose server is asked, with which key, and what holds back publishing. License: GPL-2.0-or-later.
 */

namespace OnRecord;

defined( 'ABSPATH' ) || exit;

const LEVELS = array( 'off', 'altered', 'unsourced' );

/** The server's address without a slash at its end; '' where none is set. ONRECORD_SERVER in wp-config.php comes first. */
function server(): string {
	$set = defined( 'ONRECORD_SERVER' ) ? ONRECORD_SERVER : get_option( 'onrecord_server', '' );
	return is_string( $set ) ? untrailingslashit( $set ) : '';
}

/** The key for the server; '' where none is set. ONRECORD_KEY in wp-config.php comes first. */
function key(): string {
	$set = defined( 'ONRECORD_KEY' ) ? ONRECORD_KEY : get_option( 'onrecord_key', '' );
	return is_string( $set ) ? $set : '';
}

/** From which findings on publishing is held back. */
function level(): string {
	$set = get_option( 'onrecord_level', 'altered' );
	return in_array( $set, LEVELS, true ) ? $set : 'altered';
}

/** Where all this is set. */
function settings_address(): string {
	return admin_url( 'options-general.php?page=onrecord' );
}

/** Say which settings there are. */
function register_settings(): void {
	register_setting( 'onrecord', 'onrecord_server', array( 'type' => 'string', 'sanitize_callback' => __NAMESPACE__ . '\checked_server' ) );
	register_setting( 'onrecord', 'onrecord_key', array( 'type' => 'string', 'sanitize_callback' => __NAMESPACE__ . '\checked_key' ) );
	register_setting( 'onrecord', 'onrecord_level', array( 'type' => 'string', 'sanitize_callback' => __NAMESPACE__ . '\checked_level' ) );
}

/** An address as it was typed, without a slash at its end; the one from before where it is none. */
function checked_server( $typed ): string {
	$typed = untrailingslashit( trim( (string) $typed ) );
	$parts = wp_parse_url( $typed );
	$bare  = is_array( $parts ) && ! array_diff_key( $parts, array_flip( array( 'scheme', 'host', 'port', 'path' ) ) );
	if ( '' !== $typed && ( ! $bare || ! isset( $parts['host'] ) || ! in_array( $parts['scheme'] ?? '', array( 'http', 'https' ), true ) ) ) {
		add_settings_error( 'onrecord_server', 'onrecord_server', sprintf(
			/* translators: %s: what was typed */
			__( '“%s” is no address of a server. Write it as in the address bar of its pages, such as https://onrecord.example.', 'onrecord' ),
			$typed
		) );
		return (string) get_option( 'onrecord_server', '' );
	}
	return $typed;
}

/** A key as it was typed; the one from before where the field was left empty, none where “-” was typed. */
function checked_key( $typed ): string {
	$typed  = trim( (string) $typed );
	$before = (string) get_option( 'onrecord_key', '' );
	if ( '' === $typed || $typed === $before ) {
		return $before;
	}
	if ( '-' === $typed ) {
		return '';
	}
	if ( ! preg_match( '/\Aonr_live_[\x21-\x7e]{16,200}\z/', $typed ) ) {
		add_settings_error( 'onrecord_key', 'onrecord_key', __( 'This is no key for articles: those begin with onr_live_ (test keys cannot check articles). The key from before is kept.', 'onrecord' ) );
		return $before;
	}
	return $typed;
}

/** One of the levels. */
function checked_level( $typed ): string {
	return in_array( $typed, LEVELS, true ) ? $typed : level();
}

/** Put the page among the settings. */
function add_settings_page(): void {
	add_options_page( 'OnRecord', 'OnRecord', 'manage_options', 'onrecord', __NAMESPACE__ . '\show_settings' );
}

/** Lead from the list of plugins to the page. */
function link_settings( array $links ): array {
	return array_merge( array( sprintf( '<a href="%s">%s</a>', esc_url( settings_address() ), esc_html__( 'Settings', 'onrecord' ) ) ), $links );
}

/** The page: three settings, and whether the server answers with them. The key is never shown again. */
function show_settings(): void {
	$levels = array(
		'off'       => __( 'nothing: findings are only shown', 'onrecord' ),
		'altered'   => __( 'statements that a source has otherwise', 'onrecord' ),
		'unsourced' => __( 'statements that no source supports, or that a source has otherwise', 'onrecord' ),
	);
	?>
	<div class="wrap">
		<h1>OnRecord</h1>
		<?php show_whether_it_answers(); ?>
		<form method="post" action="options.php">
			<?php settings_fields( 'onrecord' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="onrecord_server"><?php esc_html_e( 'Address of your server', 'onrecord' ); ?></label></th>
					<td><input id="onrecord_server" name="onrecord_server" type="url" class="regular-text code" value="<?php echo esc_attr( server() ); ?>" <?php disabled( defined( 'ONRECORD_SERVER' ) ); ?>>
					<p class="description"><?php esc_html_e( 'Texts of posts are sent there, by this site and not by the browser.', 'onrecord' ); ?></p></td>
				</tr>
				<tr>
					<th scope="row"><label for="onrecord_key"><?php esc_html_e( 'Key', 'onrecord' ); ?></label></th>
					<td><input id="onrecord_key" name="onrecord_key" type="password" class="regular-text code" autocomplete="off" value="" <?php disabled( defined( 'ONRECORD_KEY' ) ); ?>>
					<p class="description"><?php echo esc_html( '' === key() ? __( 'A live key with the scope “check”.', 'onrecord' ) : __( 'A key is kept. Leave this empty to keep it; write - to remove it.', 'onrecord' ) ); ?></p></td>
				</tr>
				<tr>
					<th scope="row"><label for="onrecord_level"><?php esc_html_e( 'Publishing is held back by', 'onrecord' ); ?></label></th>
					<td><select id="onrecord_level" name="onrecord_level">
					<?php foreach ( $levels as $name => $words ) : ?>
						<option value="<?php echo esc_attr( $name ); ?>" <?php selected( $name, level() ); ?>><?php echo esc_html( $words ); ?></option>
					<?php endforeach; ?>
					</select>
					<p class="description"><?php esc_html_e( 'Whoever may publish can do so all the same by giving a reason, which is kept with the post.', 'onrecord' ); ?></p></td>
				</tr>
			</table>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}

/** Ask the server with the key, and say how it went. */
function show_whether_it_answers(): void {
	if ( '' === server() || '' === key() ) {
		wp_admin_notice( esc_html__( 'Not set up: until there are an address and a key, nothing is checked and nothing is held back.', 'onrecord' ), array( 'type' => 'warning' ) );
		return;
	}
	$parts = wp_parse_url( server() );
	if ( 'https' !== $parts['scheme'] && ! in_array( $parts['host'], array( 'localhost', '127.0.0.1', '[::1]' ), true ) ) {
		wp_admin_notice( esc_html__( 'The address begins with http: the key and the texts can be read on the way.', 'onrecord' ), array( 'type' => 'warning' ) );
	}
	$answer = ask( 'GET', '/keys' );
	if ( is_wp_error( $answer ) ) {
		wp_admin_notice( esc_html( $answer->get_error_message() ), array( 'type' => 'error' ) );
		return;
	}
	/* translators: %s: the server's address */
	wp_admin_notice( esc_html( sprintf( __( '%s answers and takes the key.', 'onrecord' ), server() ) ), array( 'type' => 'success' ) );
}
