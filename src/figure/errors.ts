/** An error in a figure. Its message contains the figure's name and, if there is one, the field. */
export class FigureError extends Error {
  override readonly name = 'FigureError';
  readonly figure: string;
  readonly field: string | undefined;

  constructor(figure: string, problem: string, field?: string) {
    super(field === undefined ? `figure ${figure}: ${problem}` : `figure ${figure}, field “${field}”: ${problem}`);
    this.figure = figure;
    this.field = field;
  }
}
