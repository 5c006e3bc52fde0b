import parts from './everywhere-parts.json';
import severalPages from './everywhere-several-pages.json';
import shell from './everywhere-shell.json';
import trust from './everywhere-trust.json';

export default { ...parts, ...severalPages, ...shell, ...trust };
