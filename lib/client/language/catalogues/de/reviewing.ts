import reviewing from './reviewing.json';

export default reviewing;
