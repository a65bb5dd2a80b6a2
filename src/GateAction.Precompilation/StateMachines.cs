namespace GateAction.Precompilation;

/// <summary>
/// What every async method runs once it has to wait: the box that its state machine is put in. The runtime calls it through an interface, so that no
/// compiler ahead of time finds it by what calls what.
/// </summary>
internal static class StateMachines
{
    private const string BuilderField = "<>t__builder";
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1+AsyncStateMachineBox`1";
    private static readonly string[] Methods = ["MoveNext", "get_Context", ".cctor", "ExecutionContextCallback", "ClearStateUponCompletion", "ExecuteFromThreadPool"];

    public static IEnumerable<MethodName> Of(Assemblies assemblies) =>
        from machine in assemblies.Types
        where machine.Definition.GetGenericParameters().Count == 0 && assemblies.IsValueType(machine.Name)
        let result = Result(machine)
        where result is not null
        let box = new Shape.Named(Box, [result.Shared(assemblies), new Shape.Named(machine.Name, [], machine.Assembly)])
        from method in Methods
        select new MethodName(box, method, []);

    /// <summary>True for a method of a box that <see cref="Of"/> lists.</summary>
    public static bool Holds(MethodName method) => method.Owner is { Name: Box, Arguments: [_, Shape.Named { Arguments.Length: 0 }] };

    /// <summary>What the method's task results in; null for what is no state machine of a task.</summary>
    private static Shape? Result(TypeHome type)
    {
        foreach (var handle in type.Definition.GetFields())
        {
            var field = type.Reader.GetFieldDefinition(handle);
            if (!type.Reader.StringComparer.Equals(field.Name, BuilderField) || field.DecodeSignature(SignatureShapes.Instance, null) is not Shape.Named builder)
                continue;
            return builder.Name switch
            {
                "System.Runtime.CompilerServices.AsyncTaskMethodBuilder" or "System.Runtime.CompilerServices.AsyncValueTaskMethodBuilder" or
                    "System.Runtime.CompilerServices.AsyncVoidMethodBuilder" => new Shape.Named("System.Threading.Tasks.VoidTaskResult", []),
                "System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1" or "System.Runtime.CompilerServices.AsyncValueTaskMethodBuilder`1" => builder.Arguments[0],
                _ => null,
            };
        }
        return null;
    }
}
