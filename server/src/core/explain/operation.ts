/** Explains a Graph request: which permissions open it, of each kind of sign-in. */
import { missingClouds, type NationalCloud } from '../catalog/notices';
import type { Operation } from '../catalog/operations';
import type { Catalog } from '../catalog/types';

export interface OperationExplanation extends Operation {
  readonly kind: 'operation';
  /** National clouds that are known to lack it; what is not listed is unknown. */
  readonly missingClouds: readonly NationalCloud[];
}

/** Undefined where the table does not know the request. */
export function explainOperation(catalog: Catalog, request: string): OperationExplanation | undefined {
  const operation = catalog.operations().find(request);
  return operation && { kind: 'operation', ...operation, missingClouds: missingClouds(catalog.notices(), operation.matched) };
}

/** The methods with which the table does know the path. */
export function otherMethods(catalog: Catalog, request: string): readonly string[] {
  const path = request.replace(/^\S+\s+/, '');
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => catalog.operations().find(`${method} ${path}`));
}
