import {
  autoregressive,
  autoregressiveStructure,
  banded,
  exchangeable,
  heterogeneous,
} from './correlation-covariance.ts';
import type { Structure } from './covariance-structure.ts';
import { compoundSymmetry, independent, toeplitz, unstructured } from './linear-covariance.ts';

export type StructureName =
  | 'unstructured'
  | 'toeplitz'
  | 'heterogeneous-toeplitz'
  | 'ar1'
  | 'heterogeneous-ar1'
  | 'compound-symmetry'
  | 'heterogeneous-compound-symmetry'
  | 'independent';

/** @param size number of visits; with one visit every structure is a single variance */
export function structureNamed(name: StructureName, size: number): Structure {
  if (size === 1) return name === 'unstructured' ? unstructured(1) : independent(1);
  switch (name) {
    case 'unstructured':
      return unstructured(size);
    case 'toeplitz':
      return toeplitz(size);
    case 'heterogeneous-toeplitz':
      return heterogeneous(size, banded(size));
    case 'ar1':
      return autoregressiveStructure(size);
    case 'heterogeneous-ar1':
      return heterogeneous(size, autoregressive);
    case 'compound-symmetry':
      return compoundSymmetry(size);
    case 'heterogeneous-compound-symmetry':
      return heterogeneous(size, exchangeable);
    case 'independent':
      return independent(size);
  }
}
