const { src, dest } = require('gulp');

/** Icons stand beside the code that names them, so they follow it into dist. */
function icons() {
	return src(['nodes/**/*.{svg,png,json}', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.icons = icons;
