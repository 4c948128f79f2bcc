/** Lines of `POST /v1/admin/community`; times are RFC 3339. */
export interface WireMention {
  from: number;
  to: number;
  user_id: string;
}

export type CommunityLine =
  | { kind: "person"; id: string; name: string; avatar_url?: string; at: string }
  | { kind: "friendship"; from: string; to: string; state: "friends" | "asked"; at: string }
  | { kind: "hiding"; from: string; to: string; type: "block" | "mute"; at: string }
  | {
      kind: "post";
      id: string;
      author: string;
      text: string;
      mentions?: WireMention[];
      product_id?: string;
      image_ids?: string[];
      at: string;
    }
  | { kind: "like"; post: string; person: string; at: string }
  | {
      kind: "comment";
      id: string;
      post: string;
      author: string;
      text: string;
      mentions?: WireMention[];
      at: string;
    };

/** An id whose order is that of time, as the service's own are; the same from the same sequence. */
export function timedId(prefix: "post" | "comment", at: number, next: () => number): string {
  const time = at.toString(16).padStart(12, "0");
  return `${prefix}_${time}7${hex(next, 3)}8${hex(next, 8)}${hex(next, 7)}`;
}

export function personId(next: () => number): string {
  return `usr_${hex(next, 8)}${hex(next, 8)}${hex(next, 8)}${hex(next, 8)}`;
}

function hex(next: () => number, digits: number): string {
  return Math.floor(next() * 16 ** digits)
    .toString(16)
    .padStart(digits, "0");
}
