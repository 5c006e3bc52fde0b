import { openBarePath, type PathProps } from '../bare-path';

/** "/agents/123" without a workspace is that page of the last workspace; anything else does not exist. */
export default async function RestPage(props: PathProps) {
  return openBarePath(props);
}
