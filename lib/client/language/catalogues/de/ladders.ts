import type { Catalogue } from '../../speech';

export default {} satisfies Catalogue;
