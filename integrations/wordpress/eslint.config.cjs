/**
 * WordPress's own rules. Its packages come from the site at run time, not from node_modules; parameters are described where
 * their names do not say it.
 */
module.exports = [
	...require( '@wordpress/scripts/config/eslint.config.cjs' ),
	{
		files: [ 'src/**/*.js' ],
		rules: {
			'import/no-unresolved': 'off',
			'import/no-extraneous-dependencies': 'off',
			'jsdoc/require-param': 'off',
		},
	},
];
