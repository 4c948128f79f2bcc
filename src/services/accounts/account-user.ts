/** A person as Better Auth's routes show them. */
export interface AccountUser {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  createdAt: Date;
}

export function accountUser({ id, name, email, emailVerified, createdAt }: AccountUser): AccountUser {
  return { id, name, email, emailVerified, createdAt };
}

/** The token of a session just made, as the API takes it; Better Auth's own body has it without its signature. */
export function signedToken(headers: Headers): string {
  const token = headers.get("set-auth-token");
  if (token === null) throw new Error("A session was made without its token");
  return token;
}
