namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>What does not fit of one shape that is sent in one shape that is read.</summary>
internal sealed class ShapeChanges(SchemaChanges changes, SchemaShape sent, SchemaShape read, SchemaPlace at, int depth)
{
    private bool IsRequest => changes.Use == SchemaUse.Request;

    public void Compare()
    {
        if (at.Notation == SchemaNotation.Xml && sent.Xml?.Named(at.Name) != read.Xml?.Named(at.Name))
            CompareXml(sent.Xml?.Named(at.Name), read.Xml?.Named(at.Name));
        // As text a number, true and false are texts too.
        var types = sent.TypesOfValues;
        var texts = at.IsText && read.Types.HasFlag(SchemaTypes.String)
            ? types & (SchemaTypes.Boolean | SchemaTypes.Number)
            : SchemaTypes.None;
        if ((types & ~read.Types & ~texts) != 0)
            changes.Add(ApiRules.Type, TypeText(changes.Use, at.Subject, sent.Types, read.Types));
        var common = types & (read.Types | texts);
        // Where anything was sent, the type is said to be narrower: each bound of that type would be the same news again.
        if (common == SchemaTypes.None || (sent.IsAnything && !read.IsAnything))
            return;
        new ValueChanges(changes, sent, read, at, (texts & ~read.Types) != 0 ? common | SchemaTypes.String : common).Compare();
        if (common.HasFlag(SchemaTypes.Object))
            new ObjectChanges(changes, sent, read, at, depth).Compare();
        if (common.HasFlag(SchemaTypes.Array))
            CompareArray();
        if (common.HasFlag(SchemaTypes.String) && read.Contents.Count > 0)
            changes.Compare(sent.Contents, read.Contents, at.With(" (content)") with { Notation = SchemaNotation.Json }, depth + 1);
        CompareNots();
        CompareConditions();
    }

    public static string TypeText(SchemaUse use, string subject, SchemaTypes sent, SchemaTypes read) => use == SchemaUse.Request
        ? $"{subject} accepted {SchemaTypeWords.Say(sent)} and now {(read == SchemaTypes.None ? "" : "only ")}{SchemaTypeWords.Say(read)}"
        : $"{subject} was {SchemaTypeWords.Say(read)} and is now {SchemaTypeWords.Say(sent)}";

    // What is not said is the same as what stands for itself.
    private void CompareXml(SchemaXml? own, SchemaXml? known)
    {
        var plain = new SchemaXml(at.Name, "", false, false);
        var (old, now) = IsRequest ? (own ?? plain, known ?? plain) : (known ?? plain, own ?? plain);
        if (old != now)
            changes.Add(ApiRules.Xml, $"{at.Subject} was written in XML as {old} and is now {now}");
    }

    private void CompareArray()
    {
        if (sent.Separator != read.Separator)
            changes.Add(ApiRules.Encoding, IsRequest
                ? $"{at.Subject} was a list in {sent.Separator} and is now one in {read.Separator}"
                : $"{at.Subject} was a list in {read.Separator} and is now one in {sent.Separator}");
        for (var i = 0; i < Math.Max(sent.PrefixItems.Count, read.PrefixItems.Count); i++)
            // Past the end of one's own prefix, `items` says what stands there.
            changes.Compare(PrefixOf(sent, i), PrefixOf(read, i), at.With($"[{i}]"), depth + 1);
        if (read.Items.Count > 0)
            changes.Compare(sent.Items, read.Items, at.With("[]"), depth + 1);
        if (read.IsUnique && !sent.IsUnique)
            changes.Add(ApiRules.Unique,
                IsRequest ? $"{at.Subject}: the items must now be unique" : $"{at.Subject}: an item may now come twice");
        foreach (var contained in read.Contains)
        {
            // With minContains 0 any list will do (JSON Schema 2020-12, 6.4.5).
            if (sent.Contains.Count == 0 && !(read.LowerBounds.TryGetValue("minContains", out var least) && least == 0))
                changes.Add(ApiRules.Contains,
                    IsRequest
                    ? $"{at.Subject} must now contain an item that it did not need to contain"
                    : $"{at.Subject} may now come without the item that it contained");
            else if (sent.Contains.Count > 0 && !sent.Contains.Any(own => changes.Fits([own], [contained], at, depth + 1)))
                changes.Compare(sent.Contains, [contained], at.With("[contains]"), depth + 1);
        }
    }

    private static List<System.Text.Json.Nodes.JsonNode> PrefixOf(SchemaShape shape, int index) =>
        index < shape.PrefixItems.Count ? shape.PrefixItems[index] : shape.Items;

    private void CompareNots()
    {
        foreach (var excluded in read.Nots)
        {
            // `not` turns the direction round: the sender must exclude at least what the reader excludes.
            if ((changes.TypesReadBy(excluded) & sent.TypesOfValues) == 0
                || sent.Nots.Any(own => changes.FitsBack(excluded, own, at, depth + 1)))
                continue;
            changes.Add(ApiRules.Not,
                IsRequest ? $"{at.Subject} no longer accepts what 'not' excludes" : $"{at.Subject} may now be what 'not' excluded");
        }
    }

    private void CompareConditions()
    {
        foreach (var condition in read.Conditions)
        {
            // Two conditions are one if each `if` fits the other, so that both hold for the same values.
            var own = sent.Conditions.FirstOrDefault(own => changes.Fits([own["if"]!], [condition["if"]!], at, depth + 1)
                && changes.FitsBack(condition["if"]!, own["if"]!, at, depth + 1));
            if (own is null)
            {
                changes.Add(ApiRules.Condition,
                    IsRequest
                    ? $"{at.Subject} must now fit another 'if' and 'then'"
                    : $"{at.Subject} need not fit its 'if' and 'then' any more");
                continue;
            }
            foreach (var branch in (string[])["then", "else"])
            {
                if (condition[branch] is { } then)
                    changes.CompareInPart(own[branch] is { } given ? [given] : [], [then], at.With($" ({branch})"), depth + 1);
            }
        }
    }
}
