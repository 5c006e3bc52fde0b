import { openBarePath, type PathProps } from './bare-path';

/** "/default" is its overview; "/approvals" is that page of the last workspace. */
export default async function WorkspacePage(props: PathProps) {
  return openBarePath(props, 'overview');
}
