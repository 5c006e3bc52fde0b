import policies from './policies.json';

export default policies;
