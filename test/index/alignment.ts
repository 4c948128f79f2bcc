/** The optimal string alignment distance of every prefix of `term` (and so of `term` itself, last) to `word`. */
export function alignmentDistances(word: string, term: string): number[] {
  const rows: number[][] = [Array.from({ length: word.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= term.length; i++) {
    const row = [i];
    for (let j = 1; j <= word.length; j++) {
      const cost = word[j - 1] === term[i - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j - 1] + cost, rows[i - 1][j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && word[j - 1] === term[i - 2] && word[j - 2] === term[i - 1]) {
        row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
      }
    }
    rows.push(row);
  }
  return rows.map((row) => row[word.length]);
}
