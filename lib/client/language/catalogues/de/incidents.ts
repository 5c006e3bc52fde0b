import incidents from './incidents.json';

export default incidents;
