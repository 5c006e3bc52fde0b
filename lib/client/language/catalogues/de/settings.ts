import messages from './settings-messages.json';
import workspace from './settings-workspace.json';
import you from './settings-you.json';

const catalogue = { ...messages, ...workspace, ...you };

export default catalogue;
