using GateAction.Cel;

namespace GateAction.Syntax;

/// <summary>A piece of a template: a text that is known, or a fact that is measured later.</summary>
/// <param name="Text">The text; for a fact, the expression as written.</param>
/// <param name="Fact">What is evaluated over the evidence; null for a text.</param>
internal sealed record TemplatePart(string Text, Condition? Fact = null);
