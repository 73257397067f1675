/**
 * OnRecord's panel in the block editor, and its word before publishing. License: GPL-2.0-or-later.
 */
import { registerPlugin } from '@wordpress/plugins';
import './store';
import { holdBack } from './gate';
import Panel from './panel';
import './style.scss';

holdBack();
registerPlugin( 'onrecord', { render: Panel } );
