import parts from './everywhere-parts.json';
import severalPages from './everywhere-several-pages.json';
import shell from './everywhere-shell.json';
import trust from './everywhere-trust.json';

const catalogue = { ...parts, ...severalPages, ...shell, ...trust };

export default catalogue;
