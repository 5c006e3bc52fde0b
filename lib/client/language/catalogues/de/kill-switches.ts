import killSwitches from './kill-switches.json';

export default killSwitches;
