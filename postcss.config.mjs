/** Tailwind 4 is a PostCSS plugin; its theme lives in CSS, not here. */
const config = { plugins: { '@tailwindcss/postcss': {} } };
export default config;
