export { ApprovalsConsole } from './approvals-console';
export { PAGE_SIZE, approvalDetailOptions, approvalListOptions, listQuery } from './queries';
export { formatViewParams, parseViewParams, type ViewParams } from './view-params';
