namespace GateAction.Syntax;

/// <summary>Where in the tree a node stands, as a person would write it: <c>probes.backend.headers</c>,
/// <c>waivers[0].expires</c>.</summary>
internal sealed record NodePath(NodePath? Parent, string Segment)
{
    public static readonly NodePath Root = new(null, "");

    public NodePath Key(string key) => new(this, key);

    public NodePath Index(int index) => new(this, $"[{index}]");

    public override string ToString()
    {
        if (Parent is null)
            return Segment;
        var parent = Parent.ToString();
        return parent.Length == 0 || Segment.StartsWith('[') ? parent + Segment : $"{parent}.{Segment}";
    }
}
