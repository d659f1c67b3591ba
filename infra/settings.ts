/** What differs from one deployment to another: the context in `cdk.json`, or `-c NAME=VALUE`. */
import type { Construct } from 'constructs';

/** Empty when nothing was set. @throws {Error} the app knows no such setting. */
export function setting(scope: Construct, name: string): string {
  return String(scope.node.getContext(name));
}
