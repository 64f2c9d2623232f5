"""Reviews: what students ask, what coaches answer, rate and write, and how far their levels agree with the product's."""
