import connections from './settings-connections.json';
import messages from './settings-messages.json';
import workspace from './settings-workspace.json';
import you from './settings-you.json';

const catalogue = { ...connections, ...messages, ...workspace, ...you };

export default catalogue;
