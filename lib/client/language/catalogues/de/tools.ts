import tools from './tools.json';

export default tools;
