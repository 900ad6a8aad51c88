const { src, dest } = require('gulp');

/** Icons and JSON files are next to the code that they belong to, so they follow it into dist. */
function icons() {
	return src(['nodes/**/*.{svg,png,json}', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.icons = icons;
