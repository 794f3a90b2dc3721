/** A comment on a merge request. */
export interface NoteRow {
  readonly id: number;
  readonly projectId: number;
  /** The merge request's number in its project. */
  readonly iid: number;
  readonly authorId: number;
  readonly createdAt: string;
  updatedAt: string;
  body: string;
}
