import ladders from './ladders.json';

export default ladders;
