import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  FileTooLarge: {
    status: 413,
    title: "The file is too large",
    says: "Files have up to {largest} bytes.",
  },
  NotUtf8: {
    status: 400,
    title: "The file is not UTF-8",
    says: "Save it as UTF-8 and send it again.",
  },
  DocumentTypeRefused: {
    status: 400,
    title: "Document types and entities are not taken",
    says: "Line {line} declares one. UBL needs neither.",
  },
  MalformedXml: {
    status: 400,
    title: "The XML is not well formed",
    says: "Line {line}: {reason}",
  },
  XmlTooDeep: {
    status: 400,
    title: "The XML is nested too deep",
    says: "Elements stand within each other more than {deepest} deep.",
  },
  XmlTooManyParts: {
    status: 413,
    title: "The XML has too many parts",
    says: "A document has up to {most} elements and attributes.",
  },
  XmlPartTooLong: {
    status: 413,
    title: "A part of the XML is too long",
    says: "A tag or a text has up to {longest} characters.",
  },
  NotAnOrder: {
    status: 400,
    title: "The document is no UBL order",
    says: "An `Order` of UBL 2.x with at least one `OrderLine` is taken here.",
  },
  MalformedCsv: {
    status: 400,
    title: "The CSV file has no usable header",
    says: "Line {line}: {reason}",
  },
  TooManyOrders: {
    status: 413,
    title: "Too many orders at once",
    says: "One request brings up to {most}.",
  },
  RepeatedOrder: {
    status: 409,
    title: "The batch has this order twice",
    says: "It is the same order as the one with the index {index}.",
  },
  BatchRefused: {
    status: 422,
    title: "Nothing was taken",
    says: "The batch was to be taken as a whole, and another of its orders was refused.",
  },
});
