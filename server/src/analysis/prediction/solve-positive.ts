/**
 * Solves `matrix · x = right` for a symmetric positive definite matrix (row after row, only its lower triangle is read) by Cholesky's
 * decomposition. Leaves its arguments as they are; a matrix that is not positive definite gives NaN.
 */
export function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const lower = decompose(matrix, size);
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    let rest = x[i] ?? Number.NaN;
    for (let k = 0; k < i; k += 1) rest -= (lower[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = rest / (lower[i * size + i] ?? Number.NaN);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let rest = x[i] ?? Number.NaN;
    for (let k = i + 1; k < size; k += 1) rest -= (lower[k * size + i] ?? 0) * (x[k] ?? 0);
    x[i] = rest / (lower[i * size + i] ?? Number.NaN);
  }
  return x;
}

function decompose(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = matrix[i * size + j] ?? Number.NaN;
      for (let k = 0; k < j; k += 1) rest -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
      lower[i * size + j] = i === j ? Math.sqrt(rest) : rest / (lower[j * size + j] ?? Number.NaN);
    }
  }
  return lower;
}
