import firstAgent from './first-agent.json';

export default firstAgent;
