import { Confirm } from "../components/confirm.tsx";
import type { ConfirmProps } from "../components/confirm.tsx";

type Props = Omit<ConfirmProps, "look" | "keep"> & { to: string };

/** As `Confirm`, with a quiet button: of cards, which stand on pages of any address. */
export function Ask(props: Props) {
  return <Confirm look="quiet-button" keep="Keep it" {...props} />;
}
