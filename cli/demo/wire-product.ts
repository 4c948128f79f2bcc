/** A product as the API takes it. */
export interface WireProduct {
  id: string;
  title: string;
  description: string;
  brand: string;
  category: string[];
  price: { amount: number; currency: string };
  rating: number | null;
  rating_count: number;
  in_stock: boolean;
  image_url: string;
  attributes: Record<string, string | number | boolean>;
}
